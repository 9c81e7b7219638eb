package io.taskweaver.context;

import io.taskweaver.access.AccessSettings;
import io.taskweaver.access.AllowedHosts;
import io.taskweaver.wire.rest.RestAccess;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Client of the other instances. Their addresses come from the consumer group, and every member can add one; so queries
 * are forwarded only to configured names, with this service's own token and never with the caller's.
 */
@ApplicationScoped
public class PeerInstances {
    private final AllowedHosts names;
    private final boolean local;
    private final boolean tls;
    private final RestAccess access;

    @Inject
    PeerInstances(ContextSettings settings, AccessSettings names, RestAccess access) {
        this(
                AllowedHosts.of(names.hosts().orElse(List.of())),
                settings.advertisedAddress()
                        .map(HostInfo::buildFromEndpoint)
                        .filter(self -> isLoopback(self.host()))
                        .isPresent(),
                settings.advertisedTls(),
                access);
    }

    /**
     * @param names permitted names of instances
     * @param local whether this instance has a loopback address, so that others may have one too
     * @param tls whether they speak TLS
     * @param access to them
     */
    PeerInstances(AllowedHosts names, boolean local, boolean tls, RestAccess access) {
        this.names = names;
        this.local = local;
        this.tls = tls;
        this.access = access;
    }

    HttpClient.Builder client() {
        return access.client();
    }

    /** Whether an address is permitted for an instance. */
    boolean isOne(String host, int port) {
        return names.isNamed(host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port)
                || (local && isLoopback(host));
    }

    static String unknown(String host, int port) {
        return "the instance that has the plan advertises " + host + ":" + port
                + ", which is not in taskweaver.access.hosts; add it there if it is yours";
    }

    /** The same query, sent to an instance. */
    HttpRequest.Builder request(String host, int port, URI question) throws IOException {
        var query = question.getRawQuery();
        return access.request(URI.create((tls ? "https://" : "http://") + host + ":" + port + question.getRawPath()
                + (query == null ? "" : "?" + query)));
    }

    /** Diagnosis of an instance's answer, if it refuses access. */
    Optional<String> refusal(String host, int port, int status) {
        return access.refusal(status)
                .map(refusal ->
                        "the instance at " + host + ":" + port + " " + refusal.reason() + ". " + refusal.hint());
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) return true;
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
