package io.taskweaver.context;

import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.wire.PlanPartitioner;
import io.taskweaver.wire.rest.ContextHeaders;
import io.taskweaver.wire.streams.StreamsRunner;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads a plan from the local store, or forwards the query to the instance that has it. While that one is away, or the plan
 * moves, a copy of the state answers, here or on a standby instance; the answer says so.
 */
@ApplicationScoped
public class PlanReader {
    /** Header that marks a forwarded query. */
    static final String PASSED_ON = "X-TaskWeaver-Passed-On";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int UNAVAILABLE = 503;
    private static final String MOVING = "its state is being restored or moved to another instance";

    private final ContextStreams streams;
    private final Optional<HostInfo> self;
    private final PeerInstances peers;
    private final HttpClient http;

    /** @param settings with the address of this instance */
    @Inject
    public PlanReader(ContextStreams streams, ContextSettings settings, PeerInstances peers) {
        this.streams = streams;
        this.self = settings.advertisedAddress().map(HostInfo::buildFromEndpoint);
        this.peers = peers;
        this.http = peers.client().connectTimeout(TIMEOUT).build();
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }

    /** Answers from the store of this instance. */
    @FunctionalInterface
    interface Local {
        Response answer(StoredPlan plan) throws IOException, InterruptedException;
    }

    /**
     * Answers a query about a plan.
     *
     * @param local the answer, if the plan is here
     */
    Response answer(PlanQuery question, Local local) {
        var running = streams.runner().running();
        if (running.isEmpty()) return HttpReplies.unavailable("the service is waiting for its topics");
        try {
            return switch (owner(running.get(), question)) {
                case PlanOwner.Here(int partition) -> here(running.get(), partition, question, local);
                case PlanOwner.Elsewhere elsewhere -> elsewhere(running.get(), elsewhere, question, local);
                case PlanOwner.Nobody(var reason) ->
                    stale(running.get(), question, local).orElseGet(() -> HttpReplies.unavailable(reason));
            };
        } catch (IOException e) {
            return HttpReplies.unavailable("the code of the plan cannot be read: " + StorageFailure.explained(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpReplies.unavailable("the service stops");
        } catch (InvalidStateStoreException e) {
            return HttpReplies.unavailable(MOVING);
        }
    }

    private Response here(StreamsRunner.Running running, int partition, PlanQuery question, Local local)
            throws IOException, InterruptedException {
        try {
            return named(local.answer(new StoredPlan(store(running.streams(), partition, false), question.plan())));
        } catch (InvalidStateStoreException e) {
            return stale(running, question, local).orElseGet(() -> HttpReplies.unavailable(MOVING));
        }
    }

    private Response elsewhere(
            StreamsRunner.Running running, PlanOwner.Elsewhere owner, PlanQuery question, Local local)
            throws IOException, InterruptedException {
        var answer = passOn(owner.host(), owner.port(), question.uri());
        if (answer.getStatus() != UNAVAILABLE) return answer;
        var copy = stale(running, question, local);
        if (copy.isPresent()) return copy.get();
        for (var standby : owner.standbys()) {
            var other = passOn(standby.host(), standby.port(), question.uri());
            if (other.getStatus() != UNAVAILABLE) return other;
        }
        return answer;
    }

    /**
     * Answers from a copy of the state in this instance, of a standby or one that is being restored. Empty if there is none, or
     * if it knows nothing of the plan yet.
     */
    private Optional<Response> stale(StreamsRunner.Running running, PlanQuery question, Local local)
            throws IOException, InterruptedException {
        int partition = PlanPartitioner.partition(question.plan().value(), running.partitions());
        try {
            var plan = new StoredPlan(store(running.streams(), partition, true), question.plan());
            return plan.head().isEmpty() && plan.mark().isEmpty()
                    ? Optional.empty()
                    : Optional.of(HttpReplies.stale(named(local.answer(plan))));
        } catch (InvalidStateStoreException e) {
            return Optional.empty();
        }
    }

    private Response named(Response answer) {
        return self.map(address -> HttpReplies.of(address.host() + ":" + address.port(), answer))
                .orElse(answer);
    }

    private PlanOwner owner(StreamsRunner.Running running, PlanQuery question) {
        var plan = question.plan().value();
        // Without an address there are no other instances, and Kafka Streams knows none.
        if (self.isEmpty()) return new PlanOwner.Here(PlanPartitioner.partition(plan, running.partitions()));
        var found = running.streams().queryMetadataForKey(ContextTopology.STORE, plan, PlanOwner.PARTITIONER);
        return PlanOwner.of(found, self.get(), question.passedOn());
    }

    /** @param copy whether a standby, or a state that is being restored, will do */
    private static ReadOnlyKeyValueStore<Bytes, byte[]> store(KafkaStreams running, int partition, boolean copy) {
        var wanted = StoreQueryParameters.fromNameAndType(
                        ContextTopology.STORE, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                .withPartition(partition);
        return running.store(copy ? wanted.enableStaleStores() : wanted);
    }

    private static Map<String, String> headers(HttpResponse<byte[]> response) {
        var kept = new HashMap<String, String>();
        for (var name : List.of(ContextHeaders.STALE, ContextHeaders.INSTANCE, HttpHeaders.RETRY_AFTER))
            response.headers().firstValue(name).ifPresent(value -> kept.put(name, value));
        return kept;
    }

    private static String type(HttpResponse<byte[]> response) {
        return response.headers().firstValue("Content-Type").orElse(MediaType.APPLICATION_OCTET_STREAM);
    }

    private Response passOn(String host, int port, URI path) {
        if (!peers.isOne(host, port)) return HttpReplies.unavailable(PeerInstances.unknown(host, port));
        try {
            var request = peers.request(host, port, path)
                    .timeout(TIMEOUT)
                    .header(PASSED_ON, "1")
                    .header("Accept", "*/*")
                    .build();
            var response = http.send(request, BodyHandlers.ofByteArray());
            var refused = peers.refusal(host, port, response.statusCode());
            return refused.map(HttpReplies::unavailable)
                    .orElseGet(() -> HttpReplies.passedOn(
                            response.statusCode(), type(response), response.body(), headers(response)));
        } catch (IOException e) {
            return HttpReplies.unavailable("the instance at " + host + ":" + port + " does not answer (" + e + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpReplies.unavailable("the service stops");
        }
    }
}
