package io.taskweaver.context;

import io.taskweaver.events.CodeResult;
import io.taskweaver.events.TaskCompleted;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * A completed task whose commit is made when its turn comes in a story, because only then there is a line that it can start
 * from: see {@link Commits#of}.
 *
 * @param event without code
 * @param edits what the task did
 * @param version version that it started from; empty for the newest that has the edits' bases
 * @param lie changes what the event says of the commit
 */
record Result(TaskCompleted event, List<Edit> edits, OptionalLong version, Consumer<CodeResult.Builder> lie)
        implements SpecificRecord {
    Result(TaskCompleted event, List<Edit> edits) {
        this(event, List.copyOf(edits), OptionalLong.empty(), honest -> {});
    }

    /** The same, started from a version. */
    Result from(long version) {
        return new Result(event, edits, OptionalLong.of(version), lie);
    }

    /** The same, with other claims about its commit. */
    Result lying(Consumer<CodeResult.Builder> lie) {
        return new Result(event, edits, version, lie);
    }

    /** The same, with a change of the event. */
    Result with(Consumer<TaskCompleted.Builder> change) {
        var builder = TaskCompleted.newBuilder(event);
        change.accept(builder);
        return new Result(builder.build(), edits, version, lie);
    }

    @Override
    public Schema getSchema() {
        return event.getSchema();
    }

    @Override
    public Object get(int field) {
        return event.get(field);
    }

    @Override
    public void put(int field, Object value) {
        event.put(field, value);
    }
}
