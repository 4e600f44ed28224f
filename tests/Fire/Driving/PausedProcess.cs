using System.Diagnostics;
using System.Globalization;

namespace FundingFlows.Fire;

/// <summary>
/// A process that stands still (SIGSTOP). A shell keeps it so until its own standard input ends, which the system sees to however this program dies:
/// nothing stands still for ever.
/// </summary>
internal sealed class PausedProcess : IAsyncDisposable
{
    private const string Keeper = "kill -STOP \"$0\" 2>/dev/null; echo; read -r _; kill -CONT \"$0\" 2>/dev/null";
    private readonly Process keeper;

    private PausedProcess(Process keeper) => this.keeper = keeper;

    /// <summary>Answers when it stands.</summary>
    public static async Task<PausedProcess> PauseAsync(int id, CancellationToken cancellation)
    {
        var keeper = Process.Start(new ProcessStartInfo("sh", ["-c", Keeper, id.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        await keeper.StandardOutput.ReadLineAsync(cancellation);
        return new PausedProcess(keeper);
    }

    /// <summary>Lets it go on.</summary>
    public async ValueTask DisposeAsync()
    {
        keeper.StandardInput.Close();
        await keeper.WaitForExitAsync();
        keeper.Dispose();
    }
}
