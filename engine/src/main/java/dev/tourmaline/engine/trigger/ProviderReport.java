package dev.tourmaline.engine.trigger;

import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import java.time.Instant;

/**
 * What the server of a tour provider reports of a tour. It knows users and flows, neither sessions
 * nor triggers: the engine attributes it to the trigger of that user and flow, or takes the tour as
 * one that the provider has started by itself.
 *
 * @param productId the connector's product identifier, not blank
 * @param userId the user, not blank; ids have at most {@value
 *     dev.tourmaline.engine.session.SessionKey#LONGEST_ID} characters
 * @param flowId the tour's id at the provider, not blank
 * @param run the provider's id of this run of the tour, by which its later reports are attributed
 *     whatever their order; empty text if it has none
 * @param outcome what happened; the first final one of a tour stands
 * @param step the tour's step, from 1; 0 where it does not matter
 * @param confirmed whether it proves that the tour was on the screen, as of {@link
 *     TourFeedback#confirmed()}
 * @param at when it happened, by the provider's clock
 * @param vouched whether the user is proven, such as by a token of his own. A provider knows him by
 *     his page's word: such a report costs the sessions that are vouched for as his nothing
 */
public record ProviderReport(
    String productId,
    String userId,
    String flowId,
    String run,
    Outcome outcome,
    int step,
    boolean confirmed,
    Instant at,
    boolean vouched) {}
