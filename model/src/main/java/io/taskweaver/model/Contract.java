package io.taskweaver.model;

import java.util.List;

/**
 * What others may rely on before a component exists.
 *
 * @param component the component's name
 * @param version from 1
 */
public record Contract(String component, int version, List<Artifact> artifacts) {

    /** Media type of an interface that is written for people. */
    public static final String PROSE = "text/markdown";

    /** What an artifact is. */
    public enum Kind {
        INTERFACE,
        MOCK,
        VALIDATION,
        DATA_FORMAT,
        API
    }

    /**
     * One file of a contract, or one part of a text.
     *
     * @param path path in the merged output, '/' separated; of a text, its place below the contracts of a run's output
     * @param mediaType IANA media type
     */
    public record Artifact(Kind kind, String path, String mediaType, String content) {}

    public Contract {
        artifacts = List.copyOf(artifacts);
    }

    /** Whether it is files of the project. If not, it is text for prompts: its interface is no code. */
    public boolean hasFiles() {
        return artifacts.stream()
                .noneMatch(artifact -> artifact.kind() == Kind.INTERFACE
                        && artifact.mediaType().equals(PROSE));
    }

    /** What of it becomes files of the project; nothing of a text. */
    public List<Artifact> files() {
        return hasFiles() ? artifacts : List.of();
    }
}
