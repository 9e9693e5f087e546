using Crm.Data;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace Crm.Web.Configuration;

/// <summary>The settings file of an installation: it lies in the data folder, where a new version of the program leaves it alone.</summary>
public static class ConfigurationFile
{
    public const string Name = "appsettings.json";

    /// <summary>The web program with its settings, before anything of ours is added.</summary>
    /// <exception cref="SettingException">A file of settings cannot be read.</exception>
    public static WebApplicationBuilder Builder(DataFolder folder, IReadOnlyList<string> args)
    {
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                Args = [.. args],
                ApplicationName = typeof(Program).Assembly.GetName().Name,
                ContentRootPath = AppContext.BaseDirectory,
            });
            AddFileOf(builder.Configuration, folder);
            return builder;
        }
        catch (InvalidDataException e)
        {
            throw new SettingException($"{e.Message} {e.GetBaseException().Message}");
        }
    }

    /// <summary>The settings of an installation as its files and the environment say, for commands that ask the program.</summary>
    public static IConfiguration Read(DataFolder folder) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, Name), optional: true)
        .AddJsonFile(Path.GetFullPath(Path.Combine(folder.Root, Name)), optional: true)
        .AddEnvironmentVariables().Build();

    /// <summary>It counts for more than the file beside the program, and for less than the environment and the command line.</summary>
    private static void AddFileOf(IConfigurationBuilder configuration, DataFolder folder)
    {
        var file = new JsonConfigurationSource { Path = Path.Combine(folder.Root, Name), Optional = true, ReloadOnChange = false };
        file.ResolveFileProvider();
        var environment = configuration.Sources.OfType<EnvironmentVariablesConfigurationSource>().Last(source => string.IsNullOrEmpty(source.Prefix));
        configuration.Sources.Insert(configuration.Sources.IndexOf(environment), file);
        // The framework has these count for less than any file.
        configuration.Sources.Insert(configuration.Sources.IndexOf(environment), new EnvironmentVariablesConfigurationSource { Prefix = "ASPNETCORE_" });
    }
}
