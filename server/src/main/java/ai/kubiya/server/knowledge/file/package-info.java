/**
 * Files that become entries. Text and Markdown are taken as they are; HTML, PDF and DOCX are read by {@link
 * ai.kubiya.server.knowledge.file.ExtractorMain} in a process of its own, because whoever wrote the file decides how much memory
 * and time its reader wants. What must stay true: a file can cost no more than that process may take, and a file that cannot be
 * read is its sender's mistake with a sentence that says so.
 */
@NullMarked
package ai.kubiya.server.knowledge.file;

import org.jspecify.annotations.NullMarked;
