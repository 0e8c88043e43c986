/**
 * Folders of Markdown in git sources, kept as entries: each file is one, synced when somebody asks for it and after each sync of
 * the source. Tables: knowledge_folder, knowledge_file. What must stay true: a file that says what its entry says writes
 * nothing, so that only what changed is indexed anew; a sync writes in the name of the folder's creator and as long as it holds
 * the folder.
 */
@NullMarked
package ai.kubiya.server.knowledge.folder;

import org.jspecify.annotations.NullMarked;
