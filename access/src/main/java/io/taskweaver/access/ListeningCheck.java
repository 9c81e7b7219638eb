package io.taskweaver.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jboss.logging.Logger;

/** Restricts a service without authentication to the loopback interface, unless its owner permits more. */
@Singleton
public final class ListeningCheck implements HttpServerOptionsCustomizer {
    private static final Logger LOG = Logger.getLogger(ListeningCheck.class);

    private final Authentication authentication;

    @Inject
    ListeningCheck(Authentication authentication) {
        this.authentication = authentication;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        check(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        check(options);
    }

    /** @throws ConfigurationException if it would be open to other machines */
    private void check(HttpServerOptions options) {
        if (authentication.isConfigured()) return;
        boolean loopback = isLoopback(options.getHost());
        if (!loopback && !authentication.mayBeOpen())
            throw new ConfigurationException(
                    "Without authentication this service listens on the loopback interface only,"
                            + " and quarkus.http.host is " + options.getHost()
                            + ". Set taskweaver.access.tokens-file or"
                            + " taskweaver.access.tokens, or quarkus.oidc.tenant-enabled=true with quarkus.oidc.auth-server-url"
                            + " and quarkus.oidc.token.audience, to authenticate callers; or set taskweaver.insecure=true if"
                            + " everybody who reaches " + options.getHost() + ":" + options.getPort()
                            + " may do everything.");
        LOG.warnf(
                "No authentication is configured: everybody who reaches %s:%d may do everything%s.",
                options.getHost(),
                options.getPort(),
                loopback ? ", including every user of this machine" : " (taskweaver.insecure=true)");
    }

    /** Whether all addresses of the name are loopback. False if it does not resolve. */
    static boolean isLoopback(String host) {
        try {
            var addresses = InetAddress.getAllByName(host);
            return addresses.length > 0 && Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
