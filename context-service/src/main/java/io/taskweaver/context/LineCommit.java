package io.taskweaver.context;

/** A commit of a plan's line. */
record LineCommit(String commit) {}
