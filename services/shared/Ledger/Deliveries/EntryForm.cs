using Google.Protobuf;

namespace FundingFlows.Ledger;

/// <summary>
/// Whether an entry of another body says all that its fact must say, in numbers that can be computed with. Bodies write no
/// other; one that did could otherwise stop whoever reads it.
/// </summary>
public static class EntryForm
{
    /// <summary>What is wrong, to follow the name of the entry. Null: nothing.</summary>
    public static string? FaultOf(IMessage message) => MessageForm.Of(message.Descriptor).FaultOf(message);
}
