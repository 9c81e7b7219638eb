/** Algorithms on directed graphs of numbered nodes. */
@NullMarked
package io.taskweaver.domain.graph;

import org.jspecify.annotations.NullMarked;
