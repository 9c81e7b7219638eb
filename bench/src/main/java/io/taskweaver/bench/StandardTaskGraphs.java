package io.taskweaver.bench;

import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.dispatch.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Graphs of the Standard Task Graph Set (Tobita and Kasahara, Journal of Scheduling 5(5), 2002).
 *
 * @param folder with {@code optimal.csv} and the graphs that it names
 */
record StandardTaskGraphs(Path folder) {

    /**
     * A graph and a number of processors.
     *
     * @param best the optimal makespan, or the best known where no optimum is proven
     */
    record Instance(String file, int processors, double best) {}

    boolean exist() {
        return Files.isRegularFile(folder.resolve("optimal.csv"));
    }

    List<Instance> instances() throws IOException {
        var instances = new ArrayList<Instance>();
        for (var line : Files.readAllLines(folder.resolve("optimal.csv"))) {
            var fields = line.split(",");
            if (fields[0].endsWith(".stg"))
                instances.add(new Instance(
                        fields[0],
                        Integer.parseInt(fields[1].strip()),
                        Double.parseDouble(fields[fields.length - 1].strip())));
        }
        return instances;
    }

    /** The nodes of a graph; its first and last task take no time and only bind the others together. */
    List<Node> read(Instance instance) throws IOException {
        var nodes = new ArrayList<Node>();
        var lines = Files.readAllLines(folder.resolve(instance.file()));
        int size = Integer.parseInt(lines.getFirst().strip());
        for (int line = 2; line <= size + 1; line++) {
            var numbers = Arrays.stream(lines.get(line).strip().split("\\s+"))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            var needs = Arrays.stream(numbers)
                    .skip(3)
                    .filter(need -> need > 0)
                    .mapToObj(need -> new TaskId("t" + need))
                    .toList();
            nodes.add(new Node(
                    new TaskId("t" + numbers[0]),
                    Task.Kind.WORK,
                    numbers[1],
                    needs,
                    false,
                    Optional.empty(),
                    Set.of()));
        }
        return nodes;
    }
}
