package io.taskweaver.wire;

import io.taskweaver.model.ComponentNames;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.DeadLetter;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.PlanEvent;

/** Record keys. Parts are joined by '/', which no id contains. */
public final class EventKeys {
    private static final char SEPARATOR = '/';

    private EventKeys() {}

    /** Key of a {@link Topic.Key#PLAN} topic. */
    public static String plan(String planId) {
        return part(planId);
    }

    /** Key of a {@link Topic.Key#PLAN_TASK} or {@link Topic.Key#PLAN_COMPONENT} topic. */
    public static String planAnd(String planId, String taskOrComponent) {
        return part(planId) + SEPARATOR + part(taskOrComponent);
    }

    /** Key of a {@link Topic.Key#PLAN_TASK_ATTEMPT} topic. */
    public static String attempt(String planId, String taskId, int attempt) {
        return planAnd(planId, taskId) + SEPARATOR + attempt;
    }

    /** Key of a component's contract, independent of the spelling of its name. */
    public static String contract(PlanId plan, String component) {
        return planAnd(plan.value(), ComponentNames.typeName(component));
    }

    /** Key of an event's record. */
    public static String of(Event event) {
        return switch (event) {
            case PlanEvent.TaskPlanned planned ->
                planAnd(planned.plan().value(), planned.task().id().value());
            case PlanEvent.TaskReady ready ->
                planAnd(ready.plan().value(), ready.task().value());
            case PlanEvent.ComponentSpecified specified ->
                planAnd(specified.plan().value(), specified.spec().name().replace(SEPARATOR, '-'));
            case PlanEvent.ContractPublished published ->
                contract(published.plan(), published.contract().component());
            case PlanEvent.ExecutionJournal entry ->
                attempt(entry.plan().value(), entry.task().value(), entry.attempt());
            case PlanEvent.TaskOutput output ->
                attempt(output.plan().value(), output.task().value(), output.attempt());
            case PlanEvent.CodeObjects objects ->
                planAnd(objects.plan().value(), objects.pack()) + SEPARATOR + objects.part();
            case PlanEvent other -> plan(other.plan().value());
            case ExecutorHeartbeat beat -> beat.executor();
            case DeadLetter letter -> letter.key().orElse("");
        };
    }

    /** The part of a key that determines the partition: up to the first separator, or all of it. */
    public static String planOf(String key) {
        int end = key.indexOf(SEPARATOR);
        return end < 0 ? key : key.substring(0, end);
    }

    private static String part(String id) {
        if (id.isEmpty() || id.indexOf(SEPARATOR) >= 0)
            throw new IllegalArgumentException("not usable in a key: '" + id + "'");
        return id;
    }
}
