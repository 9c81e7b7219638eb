package io.taskweaver.client;

import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.query.Query;

/** A task with its prompt. */
public record TaskQuery(Task task, Query query) {}
