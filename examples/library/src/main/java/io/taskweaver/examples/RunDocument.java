package io.taskweaver.examples;

import io.taskweaver.client.Connection;
import io.taskweaver.client.ConnectionFile;
import io.taskweaver.client.InvalidInput;
import io.taskweaver.client.Sources;
import io.taskweaver.client.SystemUnavailable;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.output.OutputFolder;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.scheduling.projection.PlanView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.TreeMap;

/** Hands a document to a running system, follows its plan to the end, and writes the files that came out. */
public final class RunDocument {
    private RunDocument() {}

    /**
     * Arguments: the file with addresses and logins, which {@code taskweaver up} names, REQUIREMENTS.md, and a folder for the
     * merged files.
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            System.err.println("usage: RunDocument CLIENT_PROPERTIES REQUIREMENTS.md OUTPUT_FOLDER");
            System.exit(2);
        }
        var connection =
                Connection.of(ConnectionFile.read(Path.of(arguments[0])).settings());
        try (var taskWeaver = new TaskWeaver(connection, InstantSource.system())) {
            var submission = TaskWeaver.read(Sources.of(Path.of(arguments[1]))).submission(PlanOptions.DEFAULT);
            TaskWeaver.plan(submission); // Whether it can be planned is known before anything is sent.
            taskWeaver.submit(submission);
            var end = taskWeaver.follow(
                    submission.plan(),
                    (event, view) -> System.out.println(
                            event.at() + " " + event.getClass().getSimpleName()));
            write(taskWeaver, end, Path.of(arguments[2]));
        } catch (OutputFolder.Refused e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (InvalidInput e) {
            System.err.println(e.getMessage());
            e.details().forEach(System.err::println);
            System.exit(2);
        } catch (SystemUnavailable e) {
            System.err.println(e.getMessage() + " " + e.hint());
            System.exit(3);
        }
    }

    private static void write(TaskWeaver taskWeaver, PlanView view, Path folder)
            throws IOException, OutputFolder.Refused {
        var merged = taskWeaver.mergedContext(view.id());
        OutputFolder.open(folder).write(new TreeMap<>(merged.files()), true);
        System.out.println(merged.files().size() + " files in " + folder);
    }
}
