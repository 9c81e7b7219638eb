package io.taskweaver.context;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.json.ModelJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.OptionalLong;

/** What requests that change contexts have in common: they look at what is there, and send commands. */
@ApplicationScoped
public class ContextChanges {
    private final PlanReader plans;
    private final ContextCommands commands;
    private final FactQueries queries;

    /** @param settings with the limits of isolated contexts */
    @Inject
    ContextChanges(PlanReader plans, ContextStreams streams, ContextSettings settings, ContextCommands commands) {
        this.plans = plans;
        this.commands = commands;
        this.queries = new FactQueries(streams.repositories(), new ContextQueries(settings, streams.repositories()));
    }

    /** A command was accepted for the contexts of this plan. */
    public record AcceptedContext(String planId) {}

    FactQueries queries() {
        return queries;
    }

    /** What this or another instance knows of a plan. */
    Response known(PlanId plan, UriInfo uri) {
        var path =
                uri.getBaseUriBuilder().path("api/plans/{plan}/context/facts").build(plan.value());
        var question = new PlanQuery(plan, OptionalLong.empty(), false, path);
        return plans.answer(question, stored -> question.reply(queries.plan(stored, plan, OptionalLong.empty())));
    }

    Response accepted(PlanId plan, List<PlanEvent> events) {
        try {
            commands.send(events);
            return HttpReplies.accepted(ModelJson.bytes(new AcceptedContext(plan.value())));
        } catch (ContextCommands.Unavailable e) {
            return HttpReplies.unavailable("the broker or the schema registry does not answer: " + e.getMessage());
        }
    }
}
