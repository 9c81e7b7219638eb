package io.taskweaver.runtime.embedded;

import java.security.Provider;
import java.security.Security;
import org.apache.kafka.common.security.plain.internals.PlainSaslServerProvider;
import org.apache.kafka.common.security.scram.internals.ScramSaslServerProvider;

/**
 * SASL server providers of the JVM. Kafka registers them for the whole JVM, and the first registration stays; if its
 * classes are loaded more than once, as by Quarkus in tests and development, these do not work with a broker of another
 * class loader, which would then refuse all logins.
 */
final class SaslProviders {
    private SaslProviders() {}

    /** Registers the provider classes of this broker's class loader. */
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
