namespace FundingFlows.Journal;

/// <summary>A journal cannot be believed: what is wrong, and where.</summary>
/// <param name="message">A sentence.</param>
public sealed class JournalCorruptException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What is wrong as a clause, for who says it in a sentence of their own: <c>entry 7 was altered</c>. Null: only the message says it.</summary>
    public string? Fault { get; private init; }

    /// <summary>What stands in a store is not what was put there.</summary>
    public static JournalCorruptException AsStored(JournalKey journal, string fault, Exception? inner = null) =>
        new($"The journal of {journal.Body}, epoch {journal.Epoch}, cannot be believed as it is stored: {fault}.", inner) { Fault = fault };
}
