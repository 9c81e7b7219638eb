package io.taskweaver.client;

import io.taskweaver.model.Task;
import io.taskweaver.prompts.Query;

/** A task with its prompt. */
public record TaskQuery(Task task, Query query) {}
