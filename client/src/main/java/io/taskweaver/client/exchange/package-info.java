/**
 * Task lists in the formats of this and other tools: read leniently, with what was not understood reported by its line,
 * and written so that the tool that a format is named after loads them. Start reading at {@link
 * io.taskweaver.client.exchange.TaskListReader} and {@link io.taskweaver.client.exchange.TaskListWriter}.
 */
@NullMarked
package io.taskweaver.client.exchange;

import org.jspecify.annotations.NullMarked;
