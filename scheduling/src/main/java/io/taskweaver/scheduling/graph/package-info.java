/** Algorithms on directed graphs of numbered nodes. */
@NullMarked
package io.taskweaver.scheduling.graph;

import org.jspecify.annotations.NullMarked;
