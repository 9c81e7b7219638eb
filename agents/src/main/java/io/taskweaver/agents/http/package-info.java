/** Agents that are services with a JSON API, each described by a file. */
@NullMarked
package io.taskweaver.agents.http;

import org.jspecify.annotations.NullMarked;
