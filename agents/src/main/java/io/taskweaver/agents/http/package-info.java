/** Agents that are a service with an API in JSON, each described by a file. */
@NullMarked
package io.taskweaver.agents.http;

import org.jspecify.annotations.NullMarked;
