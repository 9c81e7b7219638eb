package io.taskweaver.runtime.embedded;

import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.wire.files.OwnerFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** The folders of the two nodes: formats new ones, and refuses inconsistent ones. */
record NodeFolders(Path root) {
    private static final String META = "meta.properties";

    Path controller() {
        return root.resolve("controller");
    }

    Path broker() {
        return root.resolve("broker");
    }

    /**
     * Prepares both folders.
     *
     * @throws StartException if they cannot be written, are damaged, or belong to different clusters
     */
    void prepare(int controllerId, int brokerId) {
        for (var folder : new Path[] {root, controller(), broker()}) {
            try {
                OwnerFolder.create(folder);
                WriteProbe.write(folder);
            } catch (IOException e) {
                throw new StartException.DataFolderNotWritable(folder, e);
            }
        }
        var ofController = clusterId(controller(), controllerId);
        var ofBroker = clusterId(broker(), brokerId);
        if (ofController.isEmpty() && ofBroker.isPresent())
            throw new StartException.DataFolderDamaged(
                    root, "the broker's records exist, but " + controller().resolve(META) + " is missing", null);
        if (ofController.isPresent() && ofBroker.isPresent() && !ofController.equals(ofBroker))
            throw new StartException.DataFolderDamaged(
                    root, "controller and broker belong to different clusters", null);
        var cluster = ofController.orElseGet(() -> Uuid.randomUuid().toString());
        if (ofController.isEmpty()) format(controller(), controllerId, cluster);
        if (ofBroker.isEmpty()) format(broker(), brokerId, cluster);
    }

    private static Optional<String> clusterId(Path folder, int nodeId) {
        var file = folder.resolve(META);
        if (!Files.exists(file)) return Optional.empty();
        var meta = new Properties();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            meta.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException.DataFolderDamaged(folder, META + " cannot be read", e);
        }
        var cluster = meta.getProperty("cluster.id");
        if (cluster == null || cluster.isBlank())
            throw new StartException.DataFolderDamaged(folder, META + " names no cluster", null);
        if (!Integer.toString(nodeId).equals(meta.getProperty("node.id")))
            throw new StartException.DataFolderDamaged(folder, META + " is of another node", null);
        return Optional.of(cluster);
    }

    private static void format(Path folder, int nodeId, String cluster) {
        try (var silent = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(cluster)
                    .setNodeId(nodeId)
                    .setControllerListenerName(NodeSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .run();
        } catch (Exception e) {
            var storage = StorageFailure.behind(e);
            if (storage.isPresent()) throw new StartException.DataFolderNotWritable(folder, storage.get(), e);
            throw new StartException.DataFolderDamaged(folder, "it cannot be prepared", e);
        }
    }
}
