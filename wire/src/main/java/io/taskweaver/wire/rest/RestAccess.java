package io.taskweaver.wire.rest;

import io.taskweaver.wire.connection.ClusterSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Client access to a service: a token, and for TLS the trusted certificate authorities. A token file is read again when
 * it changes.
 */
public final class RestAccess {
    /** Setting: the token. */
    public static final String TOKEN = ClusterSettings.ACCESS_TOKEN;

    /** Setting: file with the token in one line. */
    public static final String TOKEN_FILE = ClusterSettings.ACCESS_TOKEN_FILE;

    /** Setting: PEM file with trusted certificate authorities; default: those of the JDK. */
    public static final String CA = ClusterSettings.ACCESS_CA;

    /** Neither a token nor trusted authorities. */
    public static final RestAccess NONE = new RestAccess(Optional::empty, Optional.empty(), Optional.empty());

    /** RFC 6750 section 2.1. */
    private static final Pattern TOKEN_SYNTAX = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MISDIRECTED = 421;

    private final TokenSource token;
    private final Optional<Path> tokenFile;
    private final Optional<SSLContext> tls;

    @FunctionalInterface
    private interface TokenSource {
        Optional<String> token() throws IOException;
    }

    private RestAccess(TokenSource token, Optional<Path> tokenFile, Optional<SSLContext> tls) {
        this.token = token;
        this.tokenFile = tokenFile;
        this.tls = tls;
    }

    /**
     * @param settings by name; blank ones are ignored
     * @throws IllegalArgumentException with the name of the invalid setting, without its value
     */
    public static RestAccess of(Function<String, Optional<String>> settings) {
        Function<String, Optional<String>> given =
                name -> settings.apply(name).map(String::strip).filter(value -> !value.isEmpty());
        var tls = given.apply(CA).map(Path::of).map(RestAccess::trusting);
        var text = given.apply(TOKEN);
        var file = given.apply(TOKEN_FILE).map(Path::of);
        if (text.isPresent() && file.isPresent())
            throw new IllegalArgumentException(TOKEN + " and " + TOKEN_FILE + " are both set; remove one");
        if (text.isPresent()) {
            var checked = Optional.of(checked(text.get(), TOKEN));
            return new RestAccess(() -> checked, file, tls);
        }
        if (file.isEmpty()) return new RestAccess(Optional::empty, file, tls);
        var watched = new WatchedFile<>(file.get(), found -> Optional.of(checked(found.strip(), TOKEN_FILE)));
        return new RestAccess(watched::content, file, tls);
    }

    /** As {@link #of(Function)}, from a map. */
    public static RestAccess of(Map<String, String> settings) {
        return of(name -> Optional.ofNullable(settings.get(name)));
    }

    /**
     * A token that is valid in a header.
     *
     * @param name of the setting that it came from
     * @throws IllegalArgumentException if it cannot
     */
    private static String checked(String token, String name) {
        if (!TOKEN_SYNTAX.matcher(token).matches())
            throw new IllegalArgumentException(
                    name + " is not a token: one line of letters, digits and - . _ ~ + / is expected");
        return token;
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in))
                store.setCertificateEntry("ca-" + count++, certificate);
            if (count == 0) throw new IllegalArgumentException(CA + ": the file " + file + " contains no certificate");
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(CA + ": there is no file " + file, e);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    CA + ": the file " + file + " cannot be used as certificates in PEM (" + e.getMessage() + ")", e);
        }
    }

    /**
     * A builder of HTTP/1.1 clients with these trusted authorities. They do not follow redirects, so that a token is
     * sent nowhere else.
     */
    public HttpClient.Builder client() {
        var builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER);
        tls.ifPresent(builder::sslContext);
        return builder;
    }

    /**
     * A builder of a request with the token, if there is one.
     *
     * @throws IOException if the token file cannot be read or has no token
     */
    public HttpRequest.Builder request(URI uri) throws IOException {
        var builder = HttpRequest.newBuilder(uri);
        token().ifPresent(value -> builder.header("Authorization", "Bearer " + value));
        return builder;
    }

    private Optional<String> token() throws IOException {
        try {
            return token.token();
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + e.getFile() + ", which " + TOKEN_FILE + " names", e);
        } catch (IOException e) {
            throw new IOException("the file that " + TOKEN_FILE + " names cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Refusal of a client by a service, with the remedy. */
    public record Refusal(String reason, String hint) {}

    /** Diagnosis of a status, if it is a refusal of access. */
    public Optional<Refusal> refusal(int status) {
        return switch (status) {
            case UNAUTHORIZED -> Optional.of(unauthorized());
            case FORBIDDEN ->
                Optional.of(new Refusal(
                        "does not permit this to the role of the token",
                        "Use a token of a higher role (viewer reads, operator submits and commands)."));
            case MISDIRECTED ->
                Optional.of(new Refusal(
                        "does not accept this host name",
                        "Add the name to the service's setting taskweaver.access.hosts, or use another of its names."));
            default -> Optional.empty();
        };
    }

    private Refusal unauthorized() {
        return !hasToken()
                ? new Refusal("requires a token, and none is set", "Set " + TOKEN + " or " + TOKEN_FILE + ".")
                : new Refusal(
                        "refuses the token",
                        tokenFile
                                .map(file -> "Check the token in " + file + ", and that it is a token of this service.")
                                .orElse("Check " + TOKEN + "; the token of the service may have changed."));
    }

    private boolean hasToken() {
        try {
            return token.token().isPresent();
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
