global using Xunit;
global using TaskStatus = Crm.Tasks.TaskStatus;
