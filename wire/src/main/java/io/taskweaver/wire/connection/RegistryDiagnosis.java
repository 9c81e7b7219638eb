package io.taskweaver.wire.connection;

import com.microsoft.kiota.ApiException;
import io.taskweaver.wire.Causes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;

/** Diagnoses why a schema registry cannot be used. */
public final class RegistryDiagnosis {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final String TRUST = "taskweaver.registry.ca, a PEM file";
    private static final String OWN = "the client's certificate";

    private RegistryDiagnosis() {}

    /** Sends a request to the registry; empty if it answers as one. */
    public static Optional<ConnectionProblem> check(ClusterSettings settings) {
        var login = RegistryLogin.of(settings);
        try (var http = login.client()) {
            var request = HttpRequest.newBuilder(URI.create(RegistryPaths.subjects(settings.registryUrl())))
                    .timeout(TIMEOUT);
            login.authorization().ifPresent(header -> request.header("Authorization", header));
            int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
            return refused(status, settings).or(() -> odd(status, settings));
        } catch (IOException e) {
            return Optional.of(explain(e, settings));
        } catch (IllegalArgumentException e) {
            return Optional.of(new ConnectionProblem(
                    String.valueOf(e.getMessage()), "Check taskweaver.registry.url and taskweaver.registry.ca."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Diagnoses a failure of a serializer or deserializer, or of a request to the registry. */
    public static ConnectionProblem explain(Throwable failure, ClusterSettings settings) {
        var who = "The schema registry at " + settings.registryUrl();
        var tls = TlsFailure.behind(failure);
        if (tls.isPresent()) return tls.get().of(who, TRUST, OWN);
        for (var cause : Causes.of(failure)) {
            if (cause instanceof ApiException answer) {
                var refused = refused(answer.getResponseStatusCode(), settings);
                if (refused.isPresent()) return refused.get();
            }
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException)
                return new ConnectionProblem(
                        "The host of the schema registry, " + settings.registryUrl() + ", cannot be resolved.",
                        "Check taskweaver.registry.url and the DNS of this machine.");
            if (cause instanceof HttpTimeoutException || cause instanceof RegistryTimeout)
                return new ConnectionProblem(
                        who + " does not answer in time.", "Check that it runs, and read its log.");
            if (cause instanceof ConnectException)
                return new ConnectionProblem(
                        "No schema registry can be reached at " + settings.registryUrl() + ".",
                        "Check taskweaver.registry.url (--registry), and that the registry runs and listens there.");
        }
        return new ConnectionProblem(
                who + " cannot be used: " + Causes.rootMessage(failure) + ".",
                "Check taskweaver.registry.url, and that a schema registry listens there.");
    }

    /** Diagnosis of a status; empty if it is not a refusal. */
    public static Optional<ConnectionProblem> refused(int status, ClusterSettings settings) {
        var who = "The schema registry at " + settings.registryUrl();
        boolean loggedIn = RegistryLogin.of(settings).basic().isPresent();
        return switch (status) {
            case UNAUTHORIZED ->
                Optional.of(new ConnectionProblem(
                        who + (loggedIn ? " refuses this user and password" : " requires a user and a password")
                                + " (401).",
                        "Set taskweaver.registry.username and taskweaver.registry.password."));
            case FORBIDDEN ->
                Optional.of(new ConnectionProblem(
                        who + " does not permit this operation to this user (403).",
                        "Give the user of taskweaver.registry.username the right to read and to register schemas."));
            default -> Optional.empty();
        };
    }

    private static Optional<ConnectionProblem> odd(int status, ClusterSettings settings) {
        if (status == NOT_FOUND)
            return Optional.of(new ConnectionProblem(
                    "The server at " + settings.registryUrl() + " is not a schema registry (404).",
                    "Set the base URL of its API: .../apis/registry/v3 of Apicurio, or that of Confluent's."));
        return status < 400
                ? Optional.empty()
                : Optional.of(new ConnectionProblem(
                        "The schema registry at " + settings.registryUrl() + " answers with status " + status + ".",
                        "Read its log."));
    }
}
