namespace FundingFlows.Local;

/// <summary>What can go wrong in a command, as one sentence for whoever started it.</summary>
internal static class Failures
{
    /// <summary>Runs a command and answers with its exit code.</summary>
    public static async Task<int> ShownAsync(Func<Task<int>> run, TextWriter errors, CancellationToken cancellation)
    {
        try
        {
            return await run();
        }
        catch (Exception problem) when (problem is LocalException or TopologyException or TableException)
        {
            await errors.WriteLineAsync(problem.Message);
        }
        catch (RpcException problem)
        {
            await errors.WriteLineAsync($"The sample year cannot go on: a service answered {problem.StatusCode}, {problem.Status.Detail}");
        }
        catch (HttpRequestException problem)
        {
            await errors.WriteLineAsync($"The sample year cannot go on: the gateway does not answer ({problem.Message})");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C.
        }
        return LocalCommand.CouldNotRun;
    }
}
