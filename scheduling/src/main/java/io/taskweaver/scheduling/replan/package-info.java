/** What a changed document changes in its plan, and what of the finished work still stands. */
@NullMarked
package io.taskweaver.scheduling.replan;

import org.jspecify.annotations.NullMarked;
