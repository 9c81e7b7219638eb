package io.taskweaver.domain.event;

/** What a record of a topic says. */
public sealed interface Event permits PlanEvent, ExecutorHeartbeat, DeadLetter {}
