package io.taskweaver.runtime.embedded;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import kafka.server.ControllerServer;
import org.apache.kafka.common.message.AlterUserScramCredentialsRequestData;
import org.apache.kafka.common.message.AlterUserScramCredentialsRequestData.ScramCredentialUpsertion;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;

/**
 * The principal that may log in to the broker. Its SCRAM credential is metadata of the cluster; it is set at each
 * start, before the broker starts, so that folders of an earlier version and replaced passwords work.
 */
final class Principal {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Principal() {}

    /** Returns when the controller has the credential. */
    static void admit(ControllerServer controller, Credential credential) {
        try {
            var request = new AlterUserScramCredentialsRequestData().setUpsertions(List.of(upsertion(credential)));
            var answer = ControllerRequest.await(
                    controller,
                    (to, context) -> to.alterUserScramCredentials(context, request),
                    System.nanoTime() + LIMIT.toNanos());
            answer.results().forEach(result -> {
                if (result.errorCode() != Errors.NONE.code())
                    throw new IllegalStateException("the controller refused the credential: "
                            + Errors.forCode(result.errorCode()) + " " + result.errorMessage());
            });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + ScramMechanism.SCRAM_SHA_512.macAlgorithm(), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the controller did not store the credential", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        }
    }

    private static ScramCredentialUpsertion upsertion(Credential credential) throws GeneralSecurityException {
        var mechanism = ScramMechanism.SCRAM_SHA_512;
        var formatter = new ScramFormatter(mechanism);
        var salt = formatter.secureRandomBytes();
        return new ScramCredentialUpsertion()
                .setName(credential.username())
                .setMechanism(mechanism.type())
                .setIterations(mechanism.minIterations())
                .setSalt(salt)
                .setSaltedPassword(formatter.saltedPassword(credential.password(), salt, mechanism.minIterations()));
    }
}
