package io.taskweaver.wire.connection;

import io.apicurio.registry.client.common.RegistryClientOptions;
import io.apicurio.registry.client.common.ssl.JdkSslContextFactory;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Detects what listens at an address: Kafka's clients only see repeated disconnects. It sends what a Kafka client sends
 * before login, SaslHandshake without a mechanism (https://kafka.apache.org/protocol#The_Messages_SaslHandshake), in
 * plain text and over TLS; no secret is sent.
 */
final class ListenerProbe {
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(2).toMillis();
    /** For the protocol that is expected, since a busy broker may take longer. */
    private static final int EXPECTED_TIMEOUT_MILLIS = 2 * TIMEOUT_MILLIS;

    private static final short SASL_HANDSHAKE = 17;
    private static final short VERSION = 1;
    private static final int CORRELATION = 0x7457;
    private static final int LARGEST_ANSWER = 1 << 16;

    private ListenerProbe() {}

    /** Result of a probe. */
    sealed interface Found {
        /** The name cannot be resolved. */
        record NoSuchHost() implements Found {}

        /** No connection is accepted, for this reason. */
        record NotReached(String why) implements Found {}

        /**
         * A Kafka listener.
         *
         * @param mechanisms supported login mechanisms; empty if no login is required
         */
        record Kafka(boolean tls, List<String> mechanisms) implements Found {}

        /** A TLS server that requires a client certificate. */
        record Tls() implements Found {}

        /** A web server. */
        record Http() implements Found {}

        /** A server that accepts connections and does not answer, such as a hanging or overloaded broker. */
        record Silent() implements Found {}

        /**
         * A server with another protocol.
         *
         * @param answered whether it sent something; else it closed the connection, as also a broker does
         */
        record Other(boolean answered) implements Found {}
    }

    /** @param expectTls what to try first, so that a correctly configured listener logs no error */
    static Found look(InetSocketAddress address, boolean expectTls) {
        if (address.isUnresolved()) return new Found.NoSuchHost();
        try (var socket = connect(address, TIMEOUT_MILLIS)) {
            // Reachable.
        } catch (IOException e) {
            return new Found.NotReached(e instanceof SocketTimeoutException ? "no answer" : reason(e));
        }
        List<Probe> probes = expectTls
                ? List.of(ListenerProbe::overTls, ListenerProbe::inPlainText, ListenerProbe::http)
                : List.of(ListenerProbe::inPlainText, ListenerProbe::overTls, ListenerProbe::http);
        Found best = new Found.Other(false);
        for (var probe : probes) {
            var found = result(probe, address, probe == probes.getFirst() ? EXPECTED_TIMEOUT_MILLIS : TIMEOUT_MILLIS);
            switch (found) {
                // A server that answered once does not hang; one that closes what it does not understand may.
                case Found.Other(boolean answered) -> best = answered ? found : best;
                case Found.Silent() -> best = best.equals(new Found.Other(true)) ? best : found;
                default -> {
                    return found;
                }
            }
        }
        return best;
    }

    private interface Probe {
        Found look(InetSocketAddress address, int timeoutMillis) throws IOException;
    }

    private static Found result(Probe probe, InetSocketAddress address, int timeoutMillis) {
        try {
            return probe.look(address, timeoutMillis);
        } catch (SocketTimeoutException e) {
            return new Found.Silent();
        } catch (IOException e) {
            return new Found.Other(false);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage().toLowerCase(java.util.Locale.ROOT);
    }

    private static Socket connect(InetSocketAddress address, int timeoutMillis) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(address, TIMEOUT_MILLIS);
            socket.setSoTimeout(timeoutMillis);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Found inPlainText(InetSocketAddress address, int timeoutMillis) throws IOException {
        try (var socket = connect(address, timeoutMillis)) {
            return mechanisms(socket)
                    .<Found>map(mechanisms -> new Found.Kafka(false, mechanisms))
                    .orElseGet(() -> new Found.Other(true));
        }
    }

    private static Found overTls(InetSocketAddress address, int timeoutMillis) throws IOException {
        try (var plain = connect(address, timeoutMillis);
                var socket = (SSLSocket) anyCertificate()
                        .getSocketFactory()
                        .createSocket(plain, address.getHostString(), address.getPort(), true)) {
            try {
                socket.startHandshake();
            } catch (SSLException e) {
                // An alert is an answer too: a TLS server that refuses this client.
                return TlsFailure.behind(e)
                        .filter(trouble -> trouble != TlsFailure.NO_TLS)
                        .<Found>map(any -> new Found.Tls())
                        .orElseGet(() -> new Found.Other(false));
            }
            try {
                return mechanisms(socket)
                        .<Found>map(mechanisms -> new Found.Kafka(true, mechanisms))
                        .orElseGet(Found.Tls::new);
            } catch (IOException e) {
                return new Found.Tls();
            }
        }
    }

    private static Found http(InetSocketAddress address, int timeoutMillis) throws IOException {
        try (var socket = connect(address, timeoutMillis)) {
            socket.getOutputStream().write("HEAD / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            var begin = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
            return begin.equals("HTTP/") ? new Found.Http() : new Found.Other(!begin.isEmpty());
        }
    }

    /** Requests the mechanisms; empty if the server is not Kafka. */
    private static Optional<List<String>> mechanisms(Socket socket) throws IOException {
        var body = new ByteArrayOutputStream();
        var request = new DataOutputStream(body);
        request.writeShort(SASL_HANDSHAKE);
        request.writeShort(VERSION);
        request.writeInt(CORRELATION);
        request.writeShort(-1); // no client id
        request.writeShort(0); // no mechanism
        var out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(body.size());
        out.write(body.toByteArray());
        out.flush();
        var in = new DataInputStream(socket.getInputStream());
        int size = in.readInt();
        if (size < 10 || size > LARGEST_ANSWER || in.readInt() != CORRELATION) return Optional.empty();
        in.readShort(); // always an error: unknown mechanism, or no login supported
        var mechanisms = new ArrayList<String>();
        for (int left = in.readInt(); left > 0 && mechanisms.size() < LARGEST_ANSWER; left--)
            mechanisms.add(new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8));
        return Optional.of(mechanisms);
    }

    /** Only tests for TLS, not for identity; no data is sent. */
    private static SSLContext anyCertificate() {
        return JdkSslContextFactory.createSslContext(
                RegistryClientOptions.create("https://anyone").trustAll(true));
    }
}
