package io.taskweaver.client;

import io.taskweaver.model.Task;
import io.taskweaver.prompts.Query;

/**
 * A task with its prompt.
 *
 * @param query for an agent with a work tree, which has what the prompt has no room for
 * @param standalone for an agent that answers with text: all of it is in the prompt
 */
public record TaskQuery(Task task, Query query, Query standalone) {}
