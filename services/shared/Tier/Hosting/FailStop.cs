using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// Ends the process, when the system could not promise that what was written is durable: nothing in memory can be trusted any more. Where many
/// instances are simulated in one process, only the one ends.
/// </summary>
public partial class FailStop(ILogger<FailStop> log)
{
    /// <param name="reason">In a sentence.</param>
    public virtual void EndProcess(string reason)
    {
        LogEnd(reason);
        Environment.FailFast($"The process ends, because what is on disk is known only by reading it afresh: {reason}");
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The process ends, because what is on disk is known only by reading it afresh: {Reason}")]
    private partial void LogEnd(string reason);
}
