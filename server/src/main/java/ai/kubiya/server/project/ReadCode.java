package ai.kubiya.server.project;

import ai.kubiya.server.project.code.ModuleCode;

/**
 * What was read of a project's code.
 *
 * @param commit where it was read; empty = it is in no repository
 */
record ReadCode(ModuleCode code, String commit) {}
