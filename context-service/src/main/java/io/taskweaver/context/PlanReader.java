package io.taskweaver.context;

import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.wire.PlanPartitioner;
import io.taskweaver.wire.streams.StreamsRunner;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads a plan from the local store, or forwards the query to the instance that has it. */
@ApplicationScoped
public class PlanReader {
    /** Header that marks a forwarded query. */
    static final String PASSED_ON = "X-TaskWeaver-Passed-On";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

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
                case PlanOwner.Here(int partition) ->
                    local.answer(new StoredPlan(store(running.get().streams(), partition), question.plan()));
                case PlanOwner.Elsewhere(var host, int port) -> passOn(host, port, question.uri());
                case PlanOwner.Nobody(var reason) -> HttpReplies.unavailable(reason);
            };
        } catch (IOException e) {
            return HttpReplies.unavailable("the code of the plan cannot be read: " + StorageFailure.explained(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpReplies.unavailable("the service stops");
        } catch (InvalidStateStoreException e) {
            return HttpReplies.unavailable("its state is being restored or moved to another instance");
        }
    }

    private PlanOwner owner(StreamsRunner.Running running, PlanQuery question) {
        var plan = question.plan().value();
        // Without an address there are no other instances, and Kafka Streams knows none.
        if (self.isEmpty()) return new PlanOwner.Here(PlanPartitioner.partition(plan, running.partitions()));
        var found = running.streams().queryMetadataForKey(ContextTopology.STORE, plan, PlanOwner.PARTITIONER);
        return PlanOwner.of(found, self.get(), question.passedOn());
    }

    private static ReadOnlyKeyValueStore<Bytes, byte[]> store(KafkaStreams running, int partition) {
        return running.store(StoreQueryParameters.fromNameAndType(
                        ContextTopology.STORE, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                .withPartition(partition));
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
                    .orElseGet(() -> HttpReplies.passedOn(response.statusCode(), type(response), response.body()));
        } catch (IOException e) {
            return HttpReplies.unavailable("the instance at " + host + ":" + port + " does not answer (" + e + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpReplies.unavailable("the service stops");
        }
    }
}
