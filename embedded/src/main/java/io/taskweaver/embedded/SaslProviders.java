package io.taskweaver.embedded;

import java.security.Provider;
import java.security.Security;
import org.apache.kafka.common.security.plain.internals.PlainSaslServerProvider;
import org.apache.kafka.common.security.scram.internals.ScramSaslServerProvider;

/**
 * What the JVM finds the server's side of a login by. Kafka registers it for the whole JVM, and the first one stays; where its
 * classes are loaded more than once, as by Quarkus in tests and in development, that one cannot work with the broker of
 * another class loader, whose port would then let nobody in.
 */
final class SaslProviders {
    private SaslProviders() {}

    /** Has logins be checked by the classes that this broker is made of. */
    static void register() {
        removeForeign(PlainSaslServerProvider.class);
        removeForeign(ScramSaslServerProvider.class);
        PlainSaslServerProvider.initialize();
        ScramSaslServerProvider.initialize();
    }

    private static void removeForeign(Class<? extends Provider> ours) {
        for (var provider : Security.getProviders())
            if (provider.getClass().getName().equals(ours.getName()) && provider.getClass() != ours)
                Security.removeProvider(provider.getName());
    }
}
