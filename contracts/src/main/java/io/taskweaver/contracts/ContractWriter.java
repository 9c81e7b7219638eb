package io.taskweaver.contracts;

import io.taskweaver.model.ComponentNames;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Contract;
import io.taskweaver.model.Contract.Artifact;
import io.taskweaver.model.Contract.Kind;
import java.util.List;

/**
 * Writes the contract of a component from its specification alone: a Java interface, a mock to work against, checks that
 * an implementation has to pass, and the data format and API for those who do not speak Java.
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
        var tests = "src/test/java/" + outline.packageName().replace('.', '/') + "/";
        var folder = "contracts/" + outline.typeName() + "/";
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
                        new Artifact(
                                Kind.DATA_FORMAT,
                                folder + "schema.json",
                                "application/schema+json",
                                DataFormat.jsonSchema(outline)),
                        new Artifact(
                                Kind.API,
                                folder + "openapi.yaml",
                                "application/openapi+yaml",
                                DataFormat.openApi(outline))));
    }
}
