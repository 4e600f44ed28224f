using System.Diagnostics;
using System.Globalization;

namespace FundingFlows.Fire;

/// <summary>
/// A process that stands still (SIGSTOP). A shell keeps it so until its own standard input ends, which the system sees to however this program dies:
/// nothing stands still for ever. What ends a whole group of processes (Ctrl-C, a time limit) does not end the shell before it has let go, nor does that
/// there is nobody to be told that the process stands.
/// </summary>
internal sealed class PausedProcess : IAsyncDisposable
{
    private const string Keeper = "trap '' HUP INT PIPE TERM; kill -STOP \"$0\" 2>/dev/null; echo; read -r _; kill -CONT \"$0\" 2>/dev/null";
    private readonly Process keeper;

    private PausedProcess(Process keeper) => this.keeper = keeper;

    /// <summary>The shell.</summary>
    public int KeeperId => keeper.Id;

    /// <summary>Answers when it stands.</summary>
    public static async Task<PausedProcess> PauseAsync(int id, CancellationToken cancellation)
    {
        var paused = new PausedProcess(Process.Start(new ProcessStartInfo("sh", ["-c", Keeper, id.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!);
        try
        {
            await paused.keeper.StandardOutput.ReadLineAsync(cancellation);
            return paused;
        }
        catch
        {
            // Nobody else knows of it.
            await paused.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets it go on.</summary>
    public async ValueTask DisposeAsync()
    {
        keeper.StandardInput.Close();
        await keeper.WaitForExitAsync();
        keeper.Dispose();
    }
}
