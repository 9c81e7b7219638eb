package io.taskweaver.wire.connection;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a failed TLS handshake is about. */
enum TlsTrouble {
    EXPIRED("presents a certificate that has expired", "Have it renewed there."),
    NOT_YET_VALID(
            "presents a certificate that is not valid yet",
            "Check the clocks of both machines, or have it issued again."),
    OTHER_HOST(
            "presents a certificate for another host name",
            "Use a name that the certificate is for, or have one issued that names this address."),
    UNKNOWN_AUTHORITY(
            "presents a certificate of an authority that is not trusted here",
            "Name that authority's certificate: %s."),
    OURS_REFUSED(
            "wants a client certificate, or does not accept this one",
            "Set %s to a certificate that it trusts, with its key."),
    NOTHING_IN_COMMON("agrees on no version or cipher of TLS", "Check ssl.enabled.protocols and ssl.cipher.suites."),
    NO_TLS("does not speak TLS", "%s");

    private final String what;
    private final String hint;

    TlsTrouble(String what, String hint) {
        this.what = what;
        this.hint = hint;
    }

    /** Which one is behind a failure, if it is one of TLS at all. */
    static Optional<TlsTrouble> behind(Throwable failure) {
        TlsTrouble found = null;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var here = of(cause);
            if (here != null) found = here;
        }
        return Optional.ofNullable(found);
    }

    private static @Nullable TlsTrouble of(Throwable cause) {
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
     * In words.
     *
     * @param who whom we talk to, with its address
     * @param trust settings that name a trusted authority
     * @param own settings that name a certificate of ours
     */
    ConnectionProblem of(String who, String trust, String own) {
        var filled = switch (this) {
            case UNKNOWN_AUTHORITY -> hint.formatted(trust);
            case OURS_REFUSED -> hint.formatted(own);
            case NO_TLS -> hint.formatted("Use the address of a port with TLS, or do without.");
            case EXPIRED, NOT_YET_VALID, OTHER_HOST, NOTHING_IN_COMMON -> hint;
        };
        return new ConnectionProblem(who + " " + what + ".", filled);
    }
}
