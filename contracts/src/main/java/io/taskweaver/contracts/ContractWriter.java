package io.taskweaver.contracts;

import io.taskweaver.model.ComponentNames;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Contract;
import io.taskweaver.model.Contract.Artifact;
import io.taskweaver.model.Contract.Kind;
import java.util.List;

/**
 * Writes the contract of a component from its specification alone. As files: a Java interface, a mock to work against,
 * checks that an implementation has to pass, and the data format and API for those who do not speak Java. As text: the
 * operations, types and errors in words, with the same data format and API.
 *
 * <p>The same specification and version always give the same texts, whoever implements or uses the component: ids of
 * tasks are not part of a contract.
 */
public final class ContractWriter {
    private ContractWriter() {}

    /**
     * Writes a contract.
     *
     * @param spec any names and descriptions, in any script; an operation's name that is no plain identifier is replaced
     *     by one, and equal names are numbered
     * @param version from 1
     * @throws IllegalArgumentException if the base package is no Java package name or the version is below 1
     */
    public static Contract write(ComponentSpec spec, int version) {
        if (version < 1) throw new IllegalArgumentException("versions start at 1, not " + version);
        var outline = ContractOutline.of(spec, version);
        return switch (spec.form()) {
            case FILES -> files(spec, version, outline);
            case TEXT -> text(spec, version, outline);
        };
    }

    /** In no programming language: what a prompt can say to those who write in any. */
    private static Contract text(ComponentSpec spec, int version, ContractOutline outline) {
        var folder = folder(outline);
        return new Contract(
                spec.name(),
                version,
                List.of(
                        new Artifact(Kind.INTERFACE, folder + "contract.md", Contract.PROSE, ContractText.of(outline)),
                        schema(outline),
                        api(outline)));
    }

    private static Contract files(ComponentSpec spec, int version, ContractOutline outline) {
        var tests = "src/test/java/" + outline.packageName().replace('.', '/') + "/";
        return new Contract(
                spec.name(),
                version,
                List.of(
                        new Artifact(
                                Kind.INTERFACE,
                                ComponentNames.sourcePath(spec.basePackage(), spec.name(), outline.typeName()),
                                "text/x-java",
                                InterfaceSource.of(outline)),
                        new Artifact(
                                Kind.MOCK, tests + outline.mockName() + ".java", "text/x-java", MockSource.of(outline)),
                        new Artifact(
                                Kind.VALIDATION,
                                tests + outline.checkName() + ".java",
                                "text/x-java",
                                CheckSource.of(outline)),
                        schema(outline),
                        api(outline)));
    }

    private static Artifact schema(ContractOutline outline) {
        return new Artifact(
                Kind.DATA_FORMAT,
                folder(outline) + "schema.json",
                "application/schema+json",
                DataFormat.jsonSchema(outline));
    }

    private static Artifact api(ContractOutline outline) {
        return new Artifact(
                Kind.API, folder(outline) + "openapi.yaml", "application/openapi+yaml", DataFormat.openApi(outline));
    }

    private static String folder(ContractOutline outline) {
        return "contracts/" + outline.typeName() + "/";
    }
}
