package io.taskweaver.containers;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/**
 * What a test run leaves behind when it is killed, where Testcontainers' own helper that removes it is not to be had: the
 * next run knows it by its label, which names the process that it was of, and when that began: numbers of processes come again.
 */
final class Leftovers {
    private static final String LABEL = "io.taskweaver.test.process";

    private Leftovers() {}

    static Map<String, String> labels() {
        return Map.of(LABEL, nameOf(ProcessHandle.current()));
    }

    /** Removes containers, networks and volumes of runs that have ended. */
    static void remove() {
        var docker = DockerClientFactory.instance().client();
        for (var container : docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(LABEL))
                .exec())
            if (isOver(container.getLabels()))
                docker.removeContainerCmd(container.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
        for (var network :
                docker.listNetworksCmd().withFilter("label", List.of(LABEL)).exec())
            if (isOver(network.getLabels()))
                docker.removeNetworkCmd(network.getId()).exec();
        for (var volume : docker.listVolumesCmd()
                .withFilter("label", List.of(LABEL))
                .exec()
                .getVolumes())
            if (isOver(volume.getLabels()))
                docker.removeVolumeCmd(volume.getName()).exec();
    }

    private static boolean isOver(Map<String, String> labels) {
        var name = labels.getOrDefault(LABEL, "");
        return ProcessHandle.allProcesses().map(Leftovers::nameOf).noneMatch(name::equals);
    }

    private static String nameOf(ProcessHandle process) {
        return process.pid() + "@"
                + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
