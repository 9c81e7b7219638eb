package io.taskweaver.wire;

import io.taskweaver.wire.admin.TopicAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Minimal rights of a service or another program on the broker: its access control list. Readers and writers may also
 * describe topics. Nobody needs a transactional id.
 *
 * @param name of the service, and by default of its user
 * @param reads topics that it reads
 * @param writes topics that it writes
 * @param inspects topics whose settings it checks
 * @param groups its consumer or share groups, without prefix
 * @param state prefix of the topics and groups of its Kafka Streams state; empty if it has none
 */
public record Rights(
        String name,
        List<Topic<?>> reads,
        List<Topic<?>> writes,
        List<Topic<?>> inspects,
        List<String> groups,
        List<String> state) {
    /** Name of the planner's group, and prefix of its Kafka Streams state. */
    public static final String PLANNER_GROUP = "taskweaver-planner";

    /** Name of the context service's group, and prefix of its Kafka Streams state. */
    public static final String CONTEXT_GROUP = "taskweaver-context";

    private static final List<Topic<?>> OF_PLANNER = List.of(
            Topics.REQUIREMENTS_SUBMITTED,
            Topics.PLAN_COMMANDS,
            Topics.CONTRACT_PUBLISHED,
            Topics.TASK_STARTED,
            Topics.TASK_COMPLETED,
            Topics.TASK_FAILED,
            Topics.CONTEXT_MERGED,
            Topics.MERGE_CONFLICTED,
            Topics.VERIFICATION_REQUESTED);

    /** It also writes to its input topics: an event on a wrong partition is forwarded to its plan's partition. */
    public static final Rights PLANNER = new Rights(
            "planner",
            with(OF_PLANNER, Topics.EXECUTOR_HEARTBEAT, Topics.TASK_OUTPUT),
            with(
                    OF_PLANNER,
                    Topics.REQUIREMENTS_REJECTED,
                    Topics.PLAN_CREATED,
                    Topics.PLAN_COMPLETED,
                    Topics.PLAN_FAILED,
                    Topics.PLAN_CANCELLED,
                    Topics.PLAN_ARCHIVED,
                    Topics.PLAN_STANDING,
                    Topics.TASK_PLANNED,
                    Topics.COMPONENT_SPECIFIED,
                    Topics.TASK_READY,
                    Topics.RESULT_APPROVED,
                    Topics.RESULT_WITHDRAWN,
                    Topics.TASK_RESOLVED,
                    Topics.DEAD_LETTERS),
            List.of(),
            List.of(PLANNER_GROUP),
            List.of(PLANNER_GROUP + "-"));

    public static final Rights EXECUTOR = new Rights(
            "executor",
            List.of(
                    Topics.TASK_READY,
                    Topics.PLAN_COMMANDS,
                    Topics.PLAN_ARCHIVED,
                    Topics.EXECUTION_JOURNAL,
                    Topics.EXECUTOR_HEARTBEAT,
                    Topics.CODE_OBJECTS),
            List.of(
                    Topics.TASK_STARTED,
                    Topics.TASK_PROGRESSED,
                    Topics.TASK_OUTPUT,
                    Topics.TASK_COMPLETED,
                    Topics.TASK_FAILED,
                    Topics.EXECUTION_JOURNAL,
                    Topics.EXECUTOR_HEARTBEAT,
                    Topics.CODE_OBJECTS,
                    Topics.DEAD_LETTERS),
            List.of(Topics.EXECUTION_JOURNAL),
            List.of(TopicAdmin.EXECUTORS, TopicAdmin.EXECUTORS + "-classic"),
            List.of());

    public static final Rights INTERFACE = new Rights(
            "interface",
            List.of(Topics.COMPONENT_SPECIFIED, Topics.CONTRACT_PUBLISHED),
            List.of(Topics.CONTRACT_PUBLISHED, Topics.DEAD_LETTERS),
            List.of(),
            List.of("interface-service"),
            List.of());

    public static final Rights CONTEXT = new Rights(
            "context",
            List.of(
                    Topics.REQUIREMENTS_SUBMITTED,
                    Topics.PLAN_CREATED,
                    Topics.TASK_PLANNED,
                    Topics.CONTRACT_PUBLISHED,
                    Topics.TASK_COMPLETED,
                    Topics.TASK_FAILED,
                    Topics.RESULT_APPROVED,
                    Topics.RESULT_WITHDRAWN,
                    Topics.TASK_RESOLVED,
                    Topics.PLAN_COMPLETED,
                    Topics.PLAN_FAILED,
                    Topics.PLAN_CANCELLED,
                    Topics.PLAN_ARCHIVED,
                    Topics.PLAN_STANDING,
                    Topics.CONTEXT_COMMANDS,
                    Topics.CODE_OBJECTS),
            List.of(
                    Topics.CONTEXT_COMMANDS,
                    Topics.CONTEXT_MERGED,
                    Topics.MERGE_CONFLICTED,
                    Topics.VERIFICATION_REQUESTED,
                    Topics.CODE_OBJECTS,
                    Topics.DEAD_LETTERS),
            List.of(),
            List.of(CONTEXT_GROUP),
            List.of(CONTEXT_GROUP + "-"));

    /** The command line, and every program that submits plans and follows them. */
    public static final Rights CLIENT = new Rights(
            "client",
            Topics.all().stream()
                    .filter(topic -> topic != Topics.EXECUTION_JOURNAL)
                    .<Topic<?>>map(topic -> topic)
                    .toList(),
            List.of(Topics.REQUIREMENTS_SUBMITTED, Topics.CODE_OBJECTS, Topics.PLAN_COMMANDS, Topics.CONTEXT_COMMANDS),
            List.of(),
            List.of(),
            List.of());

    public Rights {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        inspects = List.copyOf(inspects);
        groups = List.copyOf(groups);
        state = List.copyOf(state);
    }

    /** Rights of all services, and of clients. */
    public static List<Rights> all() {
        return List.of(PLANNER, EXECUTOR, INTERFACE, CONTEXT, CLIENT);
    }

    /** Topics that it reads or writes. */
    public List<Topic<?>> topics() {
        return Stream.concat(reads.stream(), writes.stream()).distinct().toList();
    }

    /** Those of them where one partition orders one plan; the queue of orders has one of its own. */
    public List<Topic<?>> topicsByPlan() {
        return topics().stream()
                .filter(topic -> topic.key() != Topic.Key.EXECUTOR && topic.key() != Topic.Key.SOURCE)
                .filter(topic -> !topic.equals(Topics.TASK_READY))
                .toList();
    }

    /**
     * Arguments of Kafka's {@code kafka-acls} that grant them, one list a call.
     *
     * @param principal grantee, e.g. {@code User:planner}
     * @param prefix prefix of topic and group names
     */
    public List<List<String>> grants(String principal, String prefix) {
        var grants = new ArrayList<List<String>>();
        grants.add(grant(principal, "Read", reads, prefix));
        grants.add(grant(principal, "Write", writes, prefix));
        if (!inspects.isEmpty()) grants.add(grant(principal, "DescribeConfigs", inspects, prefix));
        for (var group : groups)
            grants.add(
                    List.of("--add", "--allow-principal", principal, "--operation", "Read", "--group", prefix + group));
        for (var start : state) {
            var own = new ArrayList<>(List.of("--add", "--allow-principal", principal));
            for (var operation : List.of("Create", "Describe", "Read", "Write", "Delete", "DescribeConfigs"))
                own.addAll(List.of("--operation", operation));
            own.addAll(List.of("--resource-pattern-type", "prefixed", "--topic", prefix + start));
            grants.add(List.copyOf(own));
        }
        return List.copyOf(grants);
    }

    private static List<String> grant(String principal, String operation, List<Topic<?>> topics, String prefix) {
        var grant = new ArrayList<>(List.of("--add", "--allow-principal", principal, "--operation", operation));
        for (var topic : topics) grant.addAll(List.of("--topic", topic.name(prefix)));
        return List.copyOf(grant);
    }

    private static List<Topic<?>> with(List<Topic<?>> some, Topic<?>... more) {
        return Stream.concat(some.stream(), Stream.<Topic<?>>of(more)).toList();
    }
}
