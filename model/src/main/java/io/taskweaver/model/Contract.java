package io.taskweaver.model;

import java.util.List;

/**
 * What others may rely on before a component exists.
 *
 * @param component the component's name
 * @param version from 1
 */
public record Contract(String component, int version, List<Artifact> artifacts) {

    /** What an artifact is. */
    public enum Kind {
        INTERFACE,
        MOCK,
        VALIDATION,
        DATA_FORMAT,
        API
    }

    /**
     * One file of a contract.
     *
     * @param path path in the merged output, '/' separated
     * @param mediaType IANA media type
     */
    public record Artifact(Kind kind, String path, String mediaType, String content) {}

    public Contract {
        artifacts = List.copyOf(artifacts);
    }
}
