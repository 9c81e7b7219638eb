/**
 * Task lists in the formats of this and other tools: read leniently, with what was not understood reported by its line,
 * and written so that the tool that a format is named after loads them. Start reading at {@link
 * io.taskweaver.formats.TaskListReader} and {@link io.taskweaver.formats.TaskListWriter}.
 */
@NullMarked
package io.taskweaver.formats;

import org.jspecify.annotations.NullMarked;
