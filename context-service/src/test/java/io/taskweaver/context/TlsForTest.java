package io.taskweaver.context;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Has the service speak TLS as well, with a certificate that nobody but the test knows. */
public final class TlsForTest implements QuarkusTestResourceLifecycleManager {
    /** Setting that hands the file with the certificate to the test. */
    static final String CERTIFICATE = "test.tls.certificate";

    private static final Duration DAY = Duration.ofDays(1);

    @Override
    public Map<String, String> start() {
        try {
            var folder = Files.createTempDirectory("context-service-tls");
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            var keys = generator.generateKeyPair();
            var name = new X500Name("CN=context of a test");
            var now = Instant.now();
            var certificate = new JcaX509v3CertificateBuilder(
                    name, BigInteger.ONE, Date.from(now.minus(DAY)), Date.from(now.plus(DAY)), name, keys.getPublic());
            certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            certificate.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            var file = pem(folder.resolve("tls.crt"), certificate.build(signer));
            var key = pem(folder.resolve("tls.key"), new JcaPKCS8Generator(keys.getPrivate(), null).generate());
            return Map.of(
                    "quarkus.http.ssl.certificate.files",
                    file.toString(),
                    "quarkus.http.ssl.certificate.key-files",
                    key.toString(),
                    "quarkus.http.test-ssl-port",
                    "0",
                    CERTIFICATE,
                    file.toString());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path pem(Path file, Object part) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(part);
        }
        return Files.writeString(file, text.toString());
    }

    @Override
    public void stop() {}
}
