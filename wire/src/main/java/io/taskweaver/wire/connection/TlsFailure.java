package io.taskweaver.wire.connection;

import io.taskweaver.wire.Causes;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Causes of a failed TLS handshake. */
enum TlsFailure {
    EXPIRED("presents a certificate that has expired", "Renew it on the server."),
    NOT_YET_VALID(
            "presents a certificate that is not valid yet",
            "Check the clocks of both machines, or reissue the certificate."),
    OTHER_HOST(
            "presents a certificate for another host name",
            "Use a host name that the certificate covers, or issue one for this address."),
    UNKNOWN_AUTHORITY(
            "presents a certificate of an authority that is not trusted here",
            "Set that authority's certificate in %s."),
    OURS_REFUSED(
            "requires a client certificate, or does not accept this one",
            "Set %s to a trusted certificate with its key."),
    NOTHING_IN_COMMON("supports no common TLS version or cipher", "Check ssl.enabled.protocols and ssl.cipher.suites."),
    NO_TLS("does not use TLS", "%s");

    private final String what;
    private final String hint;

    TlsFailure(String what, String hint) {
        this.what = what;
        this.hint = hint;
    }

    /** The cause of a failure, if it is a TLS failure. */
    static Optional<TlsFailure> behind(Throwable failure) {
        TlsFailure found = null;
        for (var cause : Causes.of(failure)) {
            var here = of(cause);
            if (here != null) found = here;
        }
        return Optional.ofNullable(found);
    }

    private static @Nullable TlsFailure of(Throwable cause) {
        if (cause instanceof CertificateExpiredException) return EXPIRED;
        if (cause instanceof CertificateNotYetValidException) return NOT_YET_VALID;
        if (cause instanceof CertPathBuilderException) return UNKNOWN_AUTHORITY;
        var text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no subject alternative") || text.contains("no name matching")) return OTHER_HOST;
        if (text.contains("trustanchors parameter must be non-empty")) return UNKNOWN_AUTHORITY;
        if (!(cause instanceof SSLException)) return null;
        if (text.contains("certificate_required")
                || text.contains("bad_certificate")
                || text.contains("certificate_unknown")
                || text.contains("certificate_expired")
                || text.contains("unknown_ca")) return OURS_REFUSED;
        if (text.contains("handshake_failure") || text.contains("protocol_version")) return NOTHING_IN_COMMON;
        if (text.contains("unrecognized ssl message") || text.contains("not an ssl/tls record")) return NO_TLS;
        return null;
    }

    /**
     * The diagnosis as text.
     *
     * @param who the server with its address
     * @param trust settings of trusted authorities
     * @param own settings of the client certificate
     */
    ConnectionProblem of(String who, String trust, String own) {
        var filled = switch (this) {
            case UNKNOWN_AUTHORITY -> hint.formatted(trust);
            case OURS_REFUSED -> hint.formatted(own);
            case NO_TLS -> hint.formatted("Use a port with TLS, or disable TLS.");
            case EXPIRED, NOT_YET_VALID, OTHER_HOST, NOTHING_IN_COMMON -> hint;
        };
        return new ConnectionProblem(who + " " + what + ".", filled);
    }
}
