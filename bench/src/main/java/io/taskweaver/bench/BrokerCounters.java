package io.taskweaver.bench;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * What an embedded broker counted since it was started, read from its own meters: to read them causes no request.
 *
 * @param records written to each topic, internal ones included: its end offsets, of all partitions together. The log of the
 *     controller is none of the topics
 * @param requests answered, by Kafka's name of their kind, of all versions. Kafka counts each fetch twice, as {@code Fetch} and
 *     by who sent it; here a consumer's is a {@code Fetch} and the broker's own, of the controller's log, a {@code
 *     FetchFollower}
 */
public record BrokerCounters(Map<String, Long> records, Map<String, Long> requests) {
    private static final ObjectName END_OFFSETS = name("kafka.log:type=Log,name=LogEndOffset,topic=*,partition=*");
    private static final ObjectName REQUESTS =
            name("kafka.network:type=RequestMetrics,name=RequestsPerSec,request=*,*");
    private static final String CONTROLLER_LOG = "__cluster_metadata";
    private static final String EVERY_FETCH = "Fetch";
    private static final String CONSUMERS_FETCH = "FetchConsumer";

    /** Topics on which time writes, not work. */
    private static final Set<String> TOPICS_OF_TIME = Set.of("__consumer_offsets", "executor-heartbeat");

    /** Requests that are sent as time passes, or by who has just connected. */
    private static final Set<String> REQUESTS_OF_TIME = Set.of(
            "Heartbeat",
            "ShareGroupHeartbeat",
            "BrokerHeartbeat",
            "FetchFollower",
            "OffsetCommit",
            "Metadata",
            "ApiVersions",
            "InitProducerId");

    public BrokerCounters {
        records = Map.copyOf(records);
        requests = Map.copyOf(requests);
    }

    /** Reads them from the JVM that the broker is in. */
    public static BrokerCounters read(MBeanServerConnection jvm) throws IOException {
        var records = sums(jvm, END_OFFSETS, "Value", of -> of.getKeyProperty("topic"));
        records.remove(CONTROLLER_LOG);
        var requests = sums(jvm, REQUESTS, "Count", of -> of.getKeyProperty("request"));
        requests.remove(EVERY_FETCH);
        var fetches = requests.remove(CONSUMERS_FETCH);
        if (fetches != null) requests.put(EVERY_FETCH, fetches);
        return new BrokerCounters(records, requests);
    }

    /** What was counted since. */
    public BrokerCounters since(BrokerCounters before) {
        return new BrokerCounters(difference(records, before.records), difference(requests, before.requests));
    }

    /** Without what time causes: what is left is the same on any machine, but for idle fetches and what shares a request. */
    public BrokerCounters ofWork() {
        return new BrokerCounters(without(records, TOPICS_OF_TIME), without(requests, REQUESTS_OF_TIME));
    }

    private static Map<String, Long> without(Map<String, Long> counts, Set<String> left) {
        var others = new TreeMap<>(counts);
        others.keySet().removeAll(left);
        return others;
    }

    /** Records of all topics. */
    public long allRecords() {
        return sum(records);
    }

    /** Requests of all kinds. */
    public long allRequests() {
        return sum(requests);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> difference(Map<String, Long> after, Map<String, Long> before) {
        var more = new TreeMap<String, Long>();
        after.forEach((name, count) -> {
            long since = count - before.getOrDefault(name, 0L);
            if (since != 0) more.put(name, since);
        });
        return more;
    }

    private static Map<String, Long> sums(
            MBeanServerConnection jvm, ObjectName pattern, String attribute, Function<ObjectName, String> group)
            throws IOException {
        var sums = new TreeMap<String, Long>();
        for (var meter : jvm.queryNames(pattern, null)) {
            try {
                sums.merge(group.apply(meter), ((Number) jvm.getAttribute(meter, attribute)).longValue(), Long::sum);
            } catch (InstanceNotFoundException removed) {
                // A topic that was deleted since the names were asked for.
            } catch (JMException e) {
                throw new IOException("the broker's meter " + meter + " cannot be read", e);
            }
        }
        return sums;
    }

    private static ObjectName name(String pattern) {
        try {
            return new ObjectName(pattern);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(pattern, e);
        }
    }
}
