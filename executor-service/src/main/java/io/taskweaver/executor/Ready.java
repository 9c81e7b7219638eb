package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.domain.plan.BaseCommit;
import io.taskweaver.wire.TraceContext;
import java.time.Duration;
import java.util.Optional;

/**
 * The order to run an attempt.
 *
 * @param agent name of the back end to run it on
 * @param timeout wall time that it may take
 * @param feedback why the attempt before failed, or a person's answer
 * @param base code that the plan starts from, for agents that work in a folder
 * @param verify command that has to succeed where the result is, before it counts as one
 * @param ticket that the outcome has to return; empty where the planner makes none
 * @param maybeTaken whether some executor may have taken it before: the journal is read up to its end first
 * @param eventId event that brought the order
 * @param trace that the order belongs to, and all that is said of it
 */
record Ready(
        Attempt attempt,
        String agent,
        Duration timeout,
        Optional<String> feedback,
        Optional<BaseCommit> base,
        Optional<String> verify,
        Optional<String> ticket,
        boolean maybeTaken,
        String eventId,
        TraceContext trace) {}
